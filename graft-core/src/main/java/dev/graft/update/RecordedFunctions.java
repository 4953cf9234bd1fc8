package dev.graft.update;

import dev.graft.statistics.ClassDistances.LinearFunctions;
import dev.graft.statistics.ClassStatistics;

/** Linear functions of recorded features that are chosen on held-out examples and solved from statistics: the last layer of a network. */
sealed interface RecordedFunctions permits RecordedDiscriminants, RecordedRegression {
    /** The name of a head that is made of them. */
    String name();

    /** What a record says of shrinkage and temperature. */
    DiscriminantStrength strength();

    /** The functions for some statistics, as they were chosen; none of their values is infinite. */
    LinearFunctions on(ClassStatistics statistics);
}
