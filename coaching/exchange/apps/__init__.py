"""What other training apps export, read into the bundle's rows. Pure but for `bringing`, `naming` and their kin."""
