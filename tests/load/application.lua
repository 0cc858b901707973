-- Form, then OK with the draft's cookie: one connection a thread, so that answers come in order.
dofile((debug.getinfo(1, "S").source:sub(2):gsub("application.lua$", "form.lua")))
local cookie

function request()
  if not cookie then return form_request() end
  return wrk.format("POST", "/register/complete", { Cookie = cookie })
end

function response(status, headers)
  cookie = (headers["Set-Cookie"] or ""):match("^(draft=[^;]+)")  -- the last of them
end
