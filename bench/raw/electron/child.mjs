// Exits immediately, so that only the cost of a utilityProcess is measured.
process.exit(0);
