package dev.graft.dependencies;

/**
 * A line of the lock.
 *
 * @param group Maven's groupId
 * @param artifact Maven's artifactId
 * @param version its version
 * @param classifier which of the artifact's files, empty for the usual one
 * @param sha256 the jar's digest
 */
record LockedLibrary(String group, String artifact, String version, String classifier, String sha256) {
    /** Reads {@code group:artifact:version[:classifier] sha256}. */
    static LockedLibrary parse(String line) {
        String[] halves = line.split(" ", -1);
        String[] names = halves[0].split(":", -1);
        if (halves.length != 2 || names.length < 3 || names.length > 4) {
            throw new IllegalArgumentException("no line of a lock: " + line);
        }
        return new LockedLibrary(names[0], names[1], names[2], names.length == 4 ? names[3] : "", halves[1]);
    }

    /** What Maven calls its file. */
    String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /** What databases of vulnerabilities call the package. */
    String packageName() {
        return group + ":" + artifact;
    }

    @Override
    public String toString() {
        return packageName() + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier) + " " + sha256;
    }
}
