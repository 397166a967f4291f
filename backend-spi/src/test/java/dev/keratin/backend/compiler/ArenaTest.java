package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArenaTest {
    /** Best-fit layouts of random lifetimes come this close to the bound in practice; worse means a broken heuristic. */
    private static final double NEAR = 1.35;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 300, 5000})
    void assign_randomBlocks_keepsLivingOnesApartAndStaysNearTheBound(int count) {
        Random random = new Random(count);
        List<Arena.Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = random.nextInt(count);
            blocks.add(new Arena.Block(start, start + random.nextInt(20), 64L * (1 + random.nextInt(100))));
        }
        Arena.Layout layout = Arena.assign(blocks);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(apart(blocks.get(i), layout.offsets()[i], blocks.get(j), layout.offsets()[j])).isTrue();
            }
            assertThat(layout.offsets()[i] + blocks.get(i).bytes()).isLessThanOrEqualTo(layout.bytes());
        }
        assertThat((double) layout.bytes()).isLessThanOrEqualTo(NEAR * Arena.lowerBound(blocks));
    }

    private static boolean apart(Arena.Block a, long atA, Arena.Block b, long atB) {
        return !a.overlaps(b) || atA + a.bytes() <= atB || atB + b.bytes() <= atA;
    }

    @Test
    void lowerBound_blocksAliveTogether_addsThem() {
        assertThat(Arena.lowerBound(List.of(new Arena.Block(0, 2, 64), new Arena.Block(2, 3, 128), new Arena.Block(3, 4, 64))))
                .isEqualTo(192);
    }
}
