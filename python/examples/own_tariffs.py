"""From a table of tariffs of your own to a chart with bands: the ten lines of the README."""

import detente as dt
import pandas as pd

world = dt.load("us-china-2017")
tariffs = pd.DataFrame({"importer": "USA", "exporter": ["CHN", "EU"], "sector": "D26", "rate": [0.25, 0.10]})
policy = dt.Policy.from_frame(tariffs, world)
result = dt.solve(world, policy, draws=500)
print(result.confint(0.9, "welfare_percent"))
result.plot_welfare("my-tariffs.png")
