# The binaries: one file each, over what they share in cmd/cli.
