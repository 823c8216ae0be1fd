package org.jvmpprof.agent;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jvmpprof.agent.contention.Contention;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.time.Ticker;

/**
 * What the parts of the profiler share.
 *
 * @param version the agent's version
 * @param inliningGap where inlined methods are not seen; empty when they are everywhere
 * @param contention the hooks of block and mutex profiles, in or not
 */
record Surroundings(
    String version,
    Instrumentation instrumentation,
    Optional<String> inliningGap,
    Contention contention,
    AgentThreads threads,
    Ticker ticker,
    AgentLog log) {}
