-- Whole registrations: the form, then OK with the draft's cookie. LOAD_SCREENS=1: as a browser does it, in five
-- requests, with the blank form, 確認画面 and 申請完了画面. Only OK's answer is counted as wanted.
local here = debug.getinfo(1, "S").source:sub(2):gsub("application.lua$", "")
dofile(here .. "form.lua")
dofile(here .. "count.lua")
local screens = os.getenv("LOAD_SCREENS") == "1"
local next_ones, began = {}, false  -- what comes after the answers that are there already
local count = response

local function queue(method, path, cookie)
  table.insert(next_ones, { method, path, { Cookie = cookie } })
end

function request()
  local one = table.remove(next_ones, 1)
  if one then return wrk.format(one[1], one[2], one[3]) end
  began = screens and not began
  if began then return wrk.format("GET") end
  return form_request()
end

function is_wanted() return true end

function response(status, headers)
  local cookie = headers["Set-Cookie"] or ""
  local draft, signup = cookie:match("([%w_%-]*draft=[^;]+)"), cookie:match("([%w_%-]*signup=[^;]+)")
  if signup then
    count(status, headers)
    if screens then queue("GET", "/register/complete", signup) end
  elseif draft then
    if screens then queue("GET", "/register/confirm", draft) end
    queue("POST", "/register/complete", draft)
  elseif status ~= 200 or not screens then
    bad = bad + 1
    if #odd < 40 then odd = odd .. status .. " " end
  end
end
