package org.jvmpprof.agent.encode;

import org.jvmpprof.agent.profile.ValueType;

/** Encodes what a profile says of itself. */
final class HeaderEncoder {
  private final Definitions definitions;

  HeaderEncoder(Definitions definitions) {
    this.definitions = definitions;
  }

  void write(ProfileHeader header, Fragment out) {
    for (ValueType type : header.type().sampleTypes()) {
      out.message(Fields.PROFILE_SAMPLE_TYPE, valueType(type));
    }
    out.message(
        Fields.PROFILE_MAPPING,
        new ProtoMessage()
            .number(Fields.MAPPING_ID, 1)
            .number(Fields.MAPPING_FILENAME, definitions.string(header.application()))
            .yes(Fields.MAPPING_HAS_FUNCTIONS)
            .yes(Fields.MAPPING_HAS_FILENAMES)
            .yes(Fields.MAPPING_HAS_LINE_NUMBERS)
            .yes(Fields.MAPPING_HAS_INLINE_FRAMES));
    out.number(Fields.PROFILE_TIME_NANOS, header.startEpochNanos());
    out.message(Fields.PROFILE_PERIOD_TYPE, valueType(header.type().periodType()));
    out.number(Fields.PROFILE_PERIOD, header.period());
    String shown = header.type().defaultSampleType();
    out.number(Fields.PROFILE_DEFAULT_SAMPLE_TYPE, definitions.string(shown));
  }

  private ProtoMessage valueType(ValueType type) {
    return new ProtoMessage()
        .number(Fields.VALUE_TYPE_TYPE, definitions.string(type.type()))
        .number(Fields.VALUE_TYPE_UNIT, definitions.string(type.unit()));
  }
}
