-- Asks for the addresses of a file in turn and tells the result in one line.
local asked, at = {}, 0

function init(arguments)
  for path in io.lines(arguments[1]) do asked[#asked + 1] = wrk.format("GET", path) end
end

function request()
  at = at % #asked + 1
  return asked[at]
end

function done(summary, latency)
  local broken = summary.errors
  io.write(string.format(
    "\nTOLD requests=%d seconds=%.6f bytes=%d p50=%.3f p99=%.3f max=%.3f refused=%d broken=%d\n",
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    broken.status, broken.connect + broken.read + broken.write + broken.timeout))
end
