package dev.keratin.backend.cpu;

/** The kinds of steps, as {@code opcodes.def} numbers them. */
enum Opcode {
    // Core.
    COPY(1),
    FUSED(2),
    REDUCE(3),
    STRIDED(4),
    FILL(5),
    IOTA(6),
    RANDOM_BITS(7),
    COND(8),
    WHILE(9),
    SCAN(10),

    // oneDNN.
    MATMUL(40),
    CONV(41),
    POOL(42),
    POOL_GRAD(43),
    LSTM(44),
    LSTM_GRAD(45),
    GRU(46),
    GRU_GRAD(47),

    // Indexing and sorting.
    GATHER(70),
    GATHER_ELEMENTS(71),
    SCATTER(72),
    SCATTER_ELEMENTS(73),
    SORT(74),
    ARG_SORT(75),
    TOP_K(76),
    ARG_REDUCE(77),
    CUMULATIVE(78),

    // Linear algebra.
    CHOLESKY(100),
    TRIANGULAR_SOLVE(101),
    LU(102),
    QR(103),
    EIGH(104),
    SVD(105),
    EIG(106);

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
