-- A whole number as text. tostring() would write a moment as 1.7e+15.
local function whole(number)
  return string.format('%.0f', number)
end
