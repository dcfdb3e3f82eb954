"""Where a child can live, drawn for one child: carers, homes, parents."""

from life import Carer
from names import postcode


class Homes:
    def __init__(self, authority, draw, life):
        self.authority, self.draw, self.life = authority, draw, life
        self.count = 0

    def _carer(self, provider, registered=True):
        self.count += 1
        urn = f"{self.authority.outward}{self.draw.between(10000, 99999)}" if registered else ""
        return Carer(f"{self.life.local_id}-{self.count}", provider,
                     postcode(self.authority, self.draw), urn)

    def foster(self):
        return self._carer(self.draw.weighted({"PR1": 6, "PR4": 4}))

    def kin(self):
        return self._carer("PR1")

    def residential(self):
        return self._carer(self.draw.weighted({"PR1": 2, "PR4": 6, "PR5": 1}))

    def parents(self):
        return Carer(f"{self.life.local_id}-home", "PR0", self.life.home)

    def adopters(self):
        return self._carer("PR1", registered=False)

    def hospital(self):
        return self._carer("PR3", registered=False)
