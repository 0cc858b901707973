-- The form of 契0123456-7-8 with an address of its own each time. For draft.lua and application.lua.
local sent = 0
local thread = tostring({}):gsub("%W", "")

local function encoded(text)
  return (text:gsub("[^%w]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

local here = debug.getinfo(1, "S").source:sub(2):gsub("form.lua$", "")
local entries = {}
for line in io.lines(here .. "../support/applications/judo.form") do
  local field, value = line:match("^([^=]+)=(.*)$")
  if field ~= "email" then entries[#entries + 1] = field .. "=" .. encoded(value) end
end
local fields = table.concat(entries, "&")
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

function form_request()
  sent = sent + 1
  local email = "&email=" .. thread .. "." .. sent .. "@load.example"
  return wrk.format("POST", "/register", headers, fields .. email)
end
