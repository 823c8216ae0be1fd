package org.jvmpprof.agent.heap;

/** A JVM whose allocations and collections a test makes up. */
record FakeJvm(AllocationSampler sampler, Rounds rounds) implements HeapProfile.Jvm {}
