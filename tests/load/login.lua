-- Logins with the right password, of one of LOAD_ACCOUNTS accounts after the other (table/grown.py).
local here = debug.getinfo(1, "S").source:sub(2):gsub("login.lua$", "")
dofile(here .. "count.lua")
local accounts = tonumber(os.getenv("LOAD_ACCOUNTS"))
local password
for line in io.lines(here .. "../support/applications/judo.form") do
  password = line:match("^password=(%w+)$") or password
end
math.randomseed(os.time())
local person = math.random(0, accounts - 1)
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
function request()
  person = (person + 7919) % accounts  -- far from the one before
  return wrk.format("POST", "/login", headers, ("email=person%d%%40grown.example&password=%s"):format(person, password))
end
function is_wanted(status) return status == 303 end
