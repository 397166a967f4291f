package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpcodeTest {

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void number_askedInCpp_hasTheSameName(Opcode opcode) {
        assertThat(NativeLibrary.opcodeName(opcode.number())).isEqualTo(opcode.name());
    }
}
