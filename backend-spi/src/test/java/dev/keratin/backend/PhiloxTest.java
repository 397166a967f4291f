package dev.keratin.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against the known answers of the authors' library Random123 1.14, file tests/kat_vectors, philox4x32 10. */
final class PhiloxTest {
    @Test
    void block_zeros_isKnownAnswer() {
        assertThat(block(0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    }

    @Test
    void block_ones_isKnownAnswer() {
        assertThat(block(-1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    }

    @Test
    void block_digitsOfPi_isKnownAnswer() {
        assertThat(block(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void words_anyCount_areThePrefixOfOneStream() {
        int[] ten = Philox.words(7, 3, 10);
        assertThat(Philox.words(7, 3, 6)).containsExactly(java.util.Arrays.copyOf(ten, 6));
        for (int i = 0; i < 10; i++) {
            assertThat(Philox.word(7, 3, i)).isEqualTo(ten[i]);
        }
    }

    @Test
    void word_indexBeyond32Bits_countsInTheSecondCounterWord() {
        assertThat(Philox.word(5, 9, (1L << 34) + 1)).isEqualTo(block(5, 1L << 32, 9)[1]);
    }

    private static int[] block(long key, long low, long high) {
        int[] block = new int[4];
        Philox.block(key, low, high, block);
        return block;
    }
}
