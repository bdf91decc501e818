"""The demonstration world: a region's programme with its calls, companies, experts and money.

Everybody in it is invented; SIREN numbers begin with 00, which no register gives.
"""
