package org.jvmpprof.agent.cpu;

/** A CPU sampler cannot run here; the message says why, in one line. */
public final class CpuSamplerException extends Exception {
  private static final long serialVersionUID = 1L;

  public CpuSamplerException(String message) {
    super(message);
  }

  public CpuSamplerException(String message, Throwable cause) {
    super(message, cause);
  }
}
