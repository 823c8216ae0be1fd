# Compares what runs of HeapProgram's program "truth" have printed with what it allocates, and fails where it is off.
#
# The JVM samples an object of s bytes with probability p = 1-exp(-s/rate), each on its own, and a sample counts 1/p. So
# the sum over n objects has the standard deviation sqrt((1-p)/(p*n)), in parts of the truth, and the mean of r runs has
# that divided by sqrt(r). The mean may be off by three of those, or by 2 %; the deviation of one run by as unlikely much.

BEGIN {
  rate = 524288
  site("siteKept1k", 300, 1024, 1)
  site("siteKept64k", 100, 65536, 1)
  site("siteChurned", 3000, 512, 0)
  site("siteKeptSmall", 20, 32, 1)
}

function site(name, megabytes, bytes, is_kept) {
  names[++sites] = name
  truth[name] = megabytes * 1048576
  size[name] = bytes
  kept[name] = is_kept
}

$1 == "row" && $4 ~ /HeapSites/ && $3 in truth && $5 ~ "^bytes:" size[$3] "," {
  split($6, values, ":")
  runs[$3]++
  add($3, "alloc_space", values[2] / truth[$3])
  add($3, "inuse_space", values[4] / truth[$3])
}

function add(name, value, part) {
  sum[name, value] += part
  squares[name, value] += part * part
}

END {
  print "| site | value | mean / truth | deviation of a run | in theory | standard error | allowed | holds |"
  print "|---|---|---|---|---|---|---|---|"
  for (i = 1; i <= sites; i++) {
    name = names[i]
    failed += !judge(name, "alloc_space", 1) + !judge(name, "inuse_space", kept[name])
  }
  exit failed > 0
}

function judge(name, value, expected,   n, p, mean, deviation, theory, error, allowed, holds) {
  n = runs[name]
  if (n == 0) {
    print "| " name " | " value " | not there | | | | | no |"
    return 0
  }
  p = 1 - exp(-size[name] / rate)
  theory = expected * sqrt((1 - p) / (p * truth[name] / size[name]))
  error = theory / sqrt(n)
  mean = sum[name, value] / n
  deviation = n > 1 ? sqrt(max(0, squares[name, value] - n * mean * mean) / (n - 1)) : 0
  allowed = expected ? max(0.02, 3 * error) : 0.001
  holds = mean >= expected - allowed && mean <= expected + allowed
  if (expected && n > 1) {
    holds = holds && deviation <= theory * (1 + 3 / sqrt(2 * (n - 1)))
  }
  printf "| %s | %s | %.4f | %.4f | %.4f | %.4f | ±%.4f | %s |\n", name, value, mean, deviation, theory, error, allowed, holds ? "yes" : "no"
  return holds
}

function max(a, b) {
  return a > b ? a : b
}
