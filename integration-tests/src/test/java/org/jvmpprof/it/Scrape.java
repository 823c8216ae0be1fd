package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jvmpprof.proto.Label;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;

/** An answer of the agent, as scrapers look at it. */
record Scrape(HttpResponse<byte[]> response) {
  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  String text() {
    return new String(response.body(), UTF_8);
  }

  byte[] message() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return in.readAllBytes();
    }
  }

  Profile profile() throws IOException {
    return Profile.parseFrom(message());
  }

  /** E.g. {@code samples/count}. */
  List<String> sampleTypes() throws IOException {
    Profile profile = profile();
    return profile.getSampleTypeList().stream().map(type -> text(profile, type)).toList();
  }

  String periodType() throws IOException {
    return text(profile(), profile().getPeriodType());
  }

  /** The values of each sample by what Alloy knows it by: addresses and labels. */
  Map<String, List<Long>> valuesByIdentity() throws IOException {
    Profile profile = profile();
    Map<String, List<Long>> values = new HashMap<>();
    for (Sample sample : profile.getSampleList()) {
      List<Object> identity = new ArrayList<>();
      for (long id : sample.getLocationIdList()) {
        identity.add(profile.getLocation((int) id - 1).getAddress());
      }
      for (Label label : sample.getLabelList()) {
        identity.add(string(profile, label.getKey()));
        identity.add(string(profile, label.getStr()));
        identity.add(label.getNum());
      }
      if (values.put(identity.toString(), sample.getValueList()) != null) {
        throw new AssertionError("two samples are " + identity);
      }
    }
    return values;
  }

  /** The place, function and line, that each address stands for. */
  Map<Long, String> places() throws IOException {
    Profile profile = profile();
    Map<Long, String> places = new HashMap<>();
    for (Location location : profile.getLocationList()) {
      Line line = location.getLine(0);
      String name = string(profile, profile.getFunction((int) line.getFunctionId() - 1).getName());
      String place = name + ':' + line.getLine();
      if (places.put(location.getAddress(), place) != null) {
        throw new AssertionError("two places are at " + location.getAddress());
      }
    }
    return places;
  }

  /** Each sample's functions, leaf first, joined with spaces, and its values. */
  Map<String, List<Long>> valuesByStack() throws IOException {
    Profile profile = profile();
    Map<String, List<Long>> values = new HashMap<>();
    for (Sample sample : profile.getSampleList()) {
      String stack =
          sample.getLocationIdList().stream()
              .map(id -> profile.getLocation((int) (id - 1)).getLine(0).getFunctionId())
              .map(id -> string(profile, profile.getFunction((int) (id - 1)).getName()))
              .collect(Collectors.joining(" "));
      values.put(stack, sample.getValueList());
    }
    return values;
  }

  private static String text(Profile profile, ValueType type) {
    return string(profile, type.getType()) + '/' + string(profile, type.getUnit());
  }

  static String string(Profile profile, long index) {
    return profile.getStringTable((int) index);
  }
}
