package org.jvmpprof.it.programs;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

/** A server that sends back what it gets, and a client. Prints {@code echoed}, a checksum. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails would show in the checksum.
public final class NettyProgram {
  private static final int BYTES = 4_000_000;
  private static final int CHUNK = 1_000;

  private NettyProgram() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    EventLoopGroup group = new NioEventLoopGroup(2);
    try {
      Channel server =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .childHandler(new Echo())
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .sync()
              .channel();
      Checksum checksum = new Checksum();
      Channel client =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .handler(checksum)
              .connect(server.localAddress())
              .sync()
              .channel();
      for (int sent = 0; sent < BYTES; sent += CHUNK) {
        client.write(chunk(sent));
        if (sent % (100 * CHUNK) == 0) {
          client.flush();
        }
      }
      client.flush();
      checksum.complete.await();
      System.out.println("echoed=" + checksum.crc.getValue());
      client.close().sync();
      server.close().sync();
    } finally {
      group.shutdownGracefully().sync();
    }
  }

  private static ByteBuf chunk(int from) {
    byte[] bytes = new byte[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      bytes[i] = (byte) (((from + i) * 31) >>> 3);
    }
    return Unpooled.wrappedBuffer(bytes);
  }

  @io.netty.channel.ChannelHandler.Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  private static final class Checksum extends SimpleChannelInboundHandler<ByteBuf> {
    private final CRC32 crc = new CRC32();
    private final CountDownLatch complete = new CountDownLatch(1);
    private int received;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      received += bytes.readableBytes();
      crc.update(bytes.nioBuffer());
      if (received == BYTES) {
        complete.countDown();
      }
    }
  }
}
