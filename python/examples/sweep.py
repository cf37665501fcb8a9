"""Rates and partners at once, written down as they come; run it again after a kill and it goes on."""

import detente as dt

world = dt.load("us-china-2017").world()


def at(rate: float, partner: str) -> dt.Equilibrium:
    return dt.solve(world, dt.Policy(world).tariff(importer="USA", exporter=partner, sector="goods", add=rate))


swept = dt.sweep(at, dt.grid(rate=[0.0, 0.1, 0.2, 0.3], partner=["CHN", "EU", "JPN"]), to="sweep")
welfare = swept.to_xarray()["welfare_percent"].sel(region="USA").to_series()
print(swept.points.assign(welfare_percent=welfare))
