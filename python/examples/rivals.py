"""Two governments: a trade war, talks, and whether what they agree on lasts."""

import detente as dt

world = dt.calibrate("us-china-2017", closure="fixed")
war = dt.nash(world, ["USA", "CHN"], exporter="players")
deal = dt.talks(world, threat=war)
print(war.to_frame()[["welfare_percent", "trade_weighted_tariff"]])
print(deal.to_frame()[["welfare_percent", "threat_utility_percent"]])

relation = dt.relation(war, cooperate=deal, fidelity=0.95)
print("self-enforcing:", relation.self_enforcing)
print(relation.to_frame()[["critical_discount", "discount"]])
