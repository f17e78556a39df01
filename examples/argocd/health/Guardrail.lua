-- Progressing until the operator has seen this version, then Healthy, or Degraded with what is wrong.
local status = obj.status
if status == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "The operator has not seen this version yet."}
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" then
    if condition.status == "True" then
      return {status = "Healthy", message = condition.message}
    end
    return {status = "Degraded", message = condition.message}
  end
end
return {status = "Progressing", message = "The operator has not said yet whether this is in force."}
