-- SPDX-License-Identifier: EUPL-1.2
-- wrk: asks for the addresses in the file LIST in turn. UNIQUE: adds a key that makes every address new, so that no
-- answer can come from a cache. Closes with one line: requests/s, p50 ms, p99 ms, what went wrong, bytes, requests.
local list, at, turn = {}, 0, 0
local unique = os.getenv("UNIQUE")
for line in io.lines(os.getenv("LIST")) do list[#list + 1] = line end

function request()
    at = at % #list + 1
    local path = list[at]
    if unique then
        turn = turn + 1
        path = path .. (path:find("?", 1, true) and "&" or "?") .. "v=" .. unique .. turn
    end
    return wrk.format("GET", path)
end

function done(summary, latency, requests)
    local e = summary.errors
    io.write(string.format("R %.1f %.3f %.3f %d %d %d\n", summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout,
        summary.bytes, summary.requests))
end
