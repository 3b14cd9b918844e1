"""A coach with clients and a year behind them, the people of the article among them. Invented."""
