-- Look-ups of clinics by chance, of the LOAD_CLINICS clinics 契0000000-0-0 and so on.
local here = debug.getinfo(1, "S").source:sub(2):gsub("lookup.lua$", "")
dofile(here .. "count.lua")
local clinics = tonumber(os.getenv("LOAD_CLINICS"))
math.randomseed(os.time())
function request()
  return wrk.format("GET", "/register/clinic?judo_agreement=%E5%A5%91&judo_suffix1=0&judo_suffix2=0&judo_number="
    .. ("%07d"):format(math.random(0, clinics - 1)))
end
function is_wanted(status) return status == 200 end
