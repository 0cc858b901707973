-- The form of 契0123456-7-8 with an address of its own each time. For draft.lua and application.lua.
local sent = 0
local thread = tostring({}):gsub("%W", "")

local fields = table.concat({
  "family_name=%E5%9F%BA%E9%87%91", "given_name=%E5%A4%AA%E9%83%8E", "institution=judo",
  "judo_agreement=%E5%A5%91", "judo_number=0123456", "judo_suffix1=7", "judo_suffix2=8",
  "phone=01234567890", "password=Himitsu123", "password_confirmation=Himitsu123", "terms=agreed",
}, "&")
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

function form_request()
  sent = sent + 1
  local email = "&email=" .. thread .. "." .. sent .. "@load.example"
  return wrk.format("POST", "/register", headers, fields .. email)
end
