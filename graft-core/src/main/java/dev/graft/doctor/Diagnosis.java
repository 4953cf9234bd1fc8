package dev.graft.doctor;

import java.util.List;

/**
 * What the doctor says of a data set.
 *
 * @param files how many files were examined
 * @param classes the classes' names
 * @param parts the parts, in the order train, validation, test
 * @param findings the worst first
 */
public record Diagnosis(int files, List<String> classes, List<Part> parts, List<Finding> findings) {
    /** Copies the lists. */
    public Diagnosis {
        classes = List.copyOf(classes);
        parts = List.copyOf(parts);
        findings = List.copyOf(findings);
    }

    /**
     * One part of the data.
     *
     * @param name train, validation or test; all where the data does not come divided
     * @param images how many images it has, readable or not
     * @param perClass how many of each class
     */
    public record Part(String name, int images, List<Integer> perClass) {
        /** Copies the list. */
        public Part {
            perClass = List.copyOf(perClass);
        }
    }

    /** Whether nothing was found that must be mended first. */
    public boolean healthy() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
