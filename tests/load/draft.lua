-- Posts the form again and again: checks, roster, a sealed draft. LOAD_KIND=invalid: with a mistake, so that it is
-- refused. LOAD_STATUS: the status that is wanted. LOAD_COOKIES=FILE: writes the drafts' cookies there, for ok.lua, and
-- makes no more than LOAD_MOST of them: a network that has too many loses some.
local here = debug.getinfo(1, "S").source:sub(2):gsub("draft.lua$", "")
dofile(here .. "form.lua")
dofile(here .. "count.lua")
local address = os.getenv("LOAD_KIND") == "invalid" and "none" or nil
local status_wanted = tonumber(os.getenv("LOAD_STATUS") or (address and 422 or 303))
local most = tonumber(os.getenv("LOAD_MOST") or math.huge)
local asked = 0
local cookies = os.getenv("LOAD_COOKIES") and io.open(os.getenv("LOAD_COOKIES"), "w")

function request()
  asked = asked + 1
  return asked <= most and form_request(address) or wrk.format("GET")
end

function is_wanted(status, headers)
  local cookie = (headers["Set-Cookie"] or ""):match("([%w_%-]*draft=[^;]+)")  -- the last of them
  if cookies and cookie then cookies:write(cookie, "\n"); cookies:flush() end
  return status == status_wanted or cookies and status == 200
end
