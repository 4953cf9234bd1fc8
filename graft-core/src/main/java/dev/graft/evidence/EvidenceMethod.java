package dev.graft.evidence;

/** How a map of evidence is computed. Neither needs a gradient. */
public enum EvidenceMethod {
    /**
     * The logit divided among the places of the feature maps: weight times feature at each place (class activation mapping, Zhou
     * et al. 2016, arXiv 1512.04150). Where the network ends in maps, their means and a linear head, nothing is approximated.
     */
    CLASS_ACTIVATION(
            "class activation map",
            "the class's logit divided exactly among the places of the feature maps (Zhou et al. 2016)"),
    /**
     * How far the logit falls when a patch of the picture is covered with its mean colour (Zeiler and Fergus 2014, arXiv
     * 1311.2901). Of any network; the covered pictures are others than those it was trained on.
     */
    OCCLUSION(
            "occlusion",
            "how far the class's logit falls where a patch in the picture's mean colour covers it, some 170 runs of the"
                    + " network for a picture (Zeiler and Fergus 2014)");

    private final String label;
    private final String description;

    EvidenceMethod(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** Its name in results, such as {@code class activation map}. */
    public String label() {
        return label;
    }

    /** What a value of the map is, in a few words. */
    public String description() {
        return description;
    }
}
