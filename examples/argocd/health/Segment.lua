-- Progressing until the operator has seen this version, Degraded where it does not hold what it says, else Healthy,
-- with a message where somebody should look.
local status = obj.status
if status == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "The operator has not seen this version yet."}
end

local found = {}
for _, condition in ipairs(status.conditions or {}) do
  found[condition.type] = condition
end
if found.Ready == nil then
  return {status = "Progressing", message = "The operator has not said yet whether this is in force."}
end
if found.Ready.status ~= "True" then
  return {status = "Degraded", message = found.Ready.message}
end
if found.Fought ~= nil and found.Fought.status == "True" then
  return {status = "Degraded", message = found.Fought.message}
end

-- On clusters that cannot vouch for service accounts this is how things are; it is a fault where the spec demands more.
local vouched = found.IdentityInForce
if vouched ~= nil and vouched.status == "False" then
  if obj.spec.identity == "Verified" then
    return {status = "Degraded", message = vouched.message}
  end
end

-- Any team could widen access by a policy of its own: that must not make the platform's sync fail.
if found.Voided ~= nil and found.Voided.status == "True" then
  return {status = "Healthy", message = found.Voided.message}
end
if vouched ~= nil and vouched.status == "False" then
  return {status = "Healthy", message = vouched.message}
end
return {status = "Healthy", message = found.Ready.message}
