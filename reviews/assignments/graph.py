"""Is the graph of dossiers and reviewers in one piece?

Scores of two pieces without a common reviewer cannot be compared, whatever the formula: the gap
between the pieces may be severity as well as quality.
"""

from collections.abc import Iterable

import numpy as np

from grants.core.late import csgraph, sparse


def pieces(pairs: Iterable[tuple[str, str]]) -> int:
    """How many separate pieces the (dossier, reviewer) pairs form; 0 without any pair."""
    pairs = list(pairs)
    dossiers = {name: place for place, name in enumerate(dict.fromkeys(d for d, _ in pairs))}
    reviewers = {name: place for place, name in enumerate(dict.fromkeys(r for _, r in pairs))}
    size = len(dossiers) + len(reviewers)
    if not size:
        return 0
    rows = [dossiers[d] for d, _ in pairs]
    columns = [len(dossiers) + reviewers[r] for _, r in pairs]
    links = sparse.coo_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))
    count, _ = csgraph.connected_components(links, directed=False)
    return int(count)
