-- GETs that cycle through the paths given after `--`; prints how many were answered and how many failed.
--
--   wrk -s load.lua [-H HEADER] … URL -- PATH...
--
-- Failed: no connection, no whole answer, none in time, or a status of 400 and above.
local paths
local next_path = 0

function init(arguments)
  paths = arguments
end

function request()
  next_path = next_path % #paths + 1
  return wrk.format("GET", paths[next_path])
end

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  print(("answered %d failed %d"):format(summary.requests, failed))
end
