-- Progressing until the operator has seen this version, Degraded where it does not do what it says, else Healthy.
-- A rule whose other end has not declared is no fault of this object: the message tells of it. Whoever can afford a
-- sync that waits for it says so with the annotation bulkhead.dev/awaiting-peer: Suspended.
local status = obj.status
if status == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "The operator has not seen this version yet."}
end

local ready, connected
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" then
    ready = condition
  elseif condition.type == "Connected" then
    connected = condition
  end
end
if ready == nil then
  return {status = "Progressing", message = "The operator has not said yet whether this is in force."}
end
if ready.status ~= "True" then
  -- What is held goes on by itself once the doubt is gone.
  if ready.reason == "Held" then
    return {status = "Progressing", message = ready.message}
  end
  return {status = "Degraded", message = ready.message}
end

for _, rule in ipairs(status.rules or {}) do
  if rule.state == "Forbidden" or rule.state == "Unenforceable" then
    return {status = "Degraded", message = rule.rule .. " " .. rule.state .. ": " .. (rule.message or "")}
  end
end

local annotations = obj.metadata.annotations or {}
if annotations["bulkhead.dev/awaiting-peer"] == "Suspended" then
  for _, rule in ipairs(status.rules or {}) do
    if rule.state == "AwaitingPeer" then
      return {status = "Suspended", message = rule.rule .. " AwaitingPeer: " .. (rule.message or "")}
    end
  end
end
if connected ~= nil and connected.status ~= "True" then
  return {status = "Healthy", message = connected.message}
end
return {status = "Healthy", message = ready.message}
