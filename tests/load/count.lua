-- Counts the answers that a script wants, and prints one line of JSON for `run`. For the other scripts: they define
-- is_wanted(status, headers). wrk must have one thread.
local thread
function setup(new) thread = new; thread:set("good", 0); thread:set("bad", 0); thread:set("odd", "") end

function response(status, headers)
  if is_wanted(status, headers) then good = good + 1; return end
  bad = bad + 1
  if #odd < 40 then odd = odd .. status .. " " end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(('\nJSON{"seconds":%f,"good":%d,"bad":%d,"odd":"%s","broken":%d,"median":%f,"p99":%f,"longest":%f}\n'):format(
    summary.duration / 1e6, thread:get("good"), thread:get("bad"), thread:get("odd"),
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
