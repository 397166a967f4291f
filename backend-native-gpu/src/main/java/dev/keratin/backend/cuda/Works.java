package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts launches together that don't need each other. A launch joins the nearest one of the same shape, first an earlier and
 * then a later one, if nothing between them works on the same memory.
 */
final class Works {
    /** How many steps a launch is moved past at most. */
    private static final int FARTHEST = 2000;
    /** The arguments of a launch take less than any driver allows. */
    private static final int MOST_ARGUMENT_BYTES = 4000;
    /** Texts that one kernel holds at most; each can take registers and shared memory. */
    private static final int MOST_FORMS = 4;
    /** Blocks that have nothing to do and yet cost next to nothing, as they run beside others. */
    private static final long IDLE_BLOCKS = 1056;

    private final List<Unit> units = new ArrayList<>();

    private Works() {}

    /** Work that is done at once. */
    private static final class Unit {
        private final List<Work> members = new ArrayList<>();
        private final Set<String> forms = new HashSet<>();
        private int argumentBytes;
        private long blocks;
        private long mostBlocks;

        Unit(Work first) {
            add(first);
        }

        void add(Work work) {
            members.add(work);
            Launch launch = work.launch();
            if (launch != null) {
                forms.add(LaunchGroup.form(launch));
                argumentBytes += launch.argumentBytes();
                blocks += launch.geometry().blocks();
                mostBlocks = Math.max(mostBlocks, launch.geometry().blocks());
            }
        }

        /** Whether these are launches that may move. */
        boolean isFree() {
            Work first = members.get(0);
            return first.launch() != null && LaunchGroup.accepts(first.launch()) && first.touched() != null && first.role() == Work.Role.FREE;
        }

        boolean isIndependentOf(Unit other) {
            return members.stream().allMatch(one -> other.members.stream().allMatch(two -> areIndependent(one.touched(), two.touched())));
        }

        private static boolean areIndependent(@Nullable Touched one, @Nullable Touched two) {
            return one != null && two != null && one.isIndependentOf(two);
        }

        /** Whether a unit that is independent and free fits in. */
        boolean accepts(Unit other) {
            if (!isFree() || !isSameShape(geometry(), other.geometry()) || isNarrow() != other.isNarrow()) {
                return false;
            }
            Set<String> all = new HashSet<>(forms);
            all.addAll(other.forms);
            boolean isFull = argumentBytes + other.argumentBytes > MOST_ARGUMENT_BYTES || all.size() > MOST_FORMS;
            long rows = members.size() + other.members.size();
            return !isFull && Math.max(mostBlocks, other.mostBlocks) * rows <= 2 * (blocks + other.blocks) + IDLE_BLOCKS;
        }

        private boolean isNarrow() {
            return Objects.requireNonNull(members.get(0).launch()).headers().contains(Launch.NARROW);
        }

        private Geometry geometry() {
            return Objects.requireNonNull(members.get(0).launch()).geometry();
        }

        private static boolean isSameShape(Geometry a, Geometry b) {
            return a.threads() == b.threads() && a.threadsY() == b.threadsY();
        }

        Work work() {
            return members.size() == 1 ? members.get(0) : Work.merged(members);
        }
    }

    /** The same work in fewer steps. */
    static List<Work> merged(List<Work> works) {
        Works earlier = new Works();
        works.forEach(work -> earlier.add(new Unit(work)));
        Collections.reverse(earlier.units);
        Works later = new Works();
        earlier.units.forEach(later::add);
        Collections.reverse(later.units);
        return later.units.stream().map(Unit::work).toList();
    }

    private void add(Unit unit) {
        int place = place(unit);
        if (place < 0) {
            units.add(unit);
        } else {
            unit.members.forEach(units.get(place)::add);
        }
    }

    private int place(Unit unit) {
        if (!unit.isFree()) {
            return -1;
        }
        for (int i = units.size() - 1; i >= Math.max(0, units.size() - FARTHEST) && units.get(i).isIndependentOf(unit); i--) {
            if (units.get(i).accepts(unit)) {
                return i;
            }
        }
        return -1;
    }
}
