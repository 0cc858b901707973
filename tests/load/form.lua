-- The form of tests/support/applications/judo.form, with an address of its own each time. For the other scripts.
-- LOAD_CLINICS=N: each for one of the clinics 契0000000-0-0 and so on, N of them; without it, for that of the file.
local clinics = tonumber(os.getenv("LOAD_CLINICS"))
local sent = 0
local tag = tostring({}):gsub("%W", "") .. (os.getenv("LOAD_RUN") or "")

local function encoded(text)
  return (text:gsub("[^%w]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

local changes = { email = true, judo_number = clinics, judo_suffix1 = clinics, judo_suffix2 = clinics }
local here = debug.getinfo(1, "S").source:sub(2):gsub("form.lua$", "")
local entries = {}
for line in io.lines(here .. "../support/applications/judo.form") do
  local field, value = line:match("^([^=]+)=(.*)$")
  if not changes[field] then entries[#entries + 1] = field .. "=" .. encoded(value) end
end
local fields = table.concat(entries, "&")
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
if clinics then math.randomseed(os.time()) end

function form_request(email)
  sent = sent + 1
  local body = fields .. "&email=" .. (email or (tag .. "." .. sent .. "%40load.example"))
  if clinics then
    body = body .. ("&judo_number=%07d&judo_suffix1=0&judo_suffix2=0"):format(math.random(0, clinics - 1))
  end
  return wrk.format("POST", nil, headers, body)  -- to the path of the URL
end
