-- GET of the URL, again and again; every 200 is wanted.
local here = debug.getinfo(1, "S").source:sub(2):gsub("get.lua$", "")
dofile(here .. "count.lua")
function is_wanted(status) return status == 200 end
