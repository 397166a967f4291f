package dev.keratin.tutorials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void parse_blocksAmongText_keepsTheirLinesInPlace() {
        Markdown page = Markdown.parse("# Title\n\n```java\nint x = 1;\n```\n\ntext\n\n```java\nint y = x;\n```\n");

        assertThat(page.runnable()).isEqualTo("\n\n\nint x = 1;\n\n\n\n\n\nint y = x;\n\n");
        assertThat(page.blocks()).isEqualTo(2);
    }

    @Test
    void parse_otherLanguages_areLeftOut() {
        Markdown page = Markdown.parse("```\nmvn verify\n```\n```xml\n<a/>\n```\n```javascript\nx\n```\n    indented\n");

        assertThat(page.runnable()).isBlank();
        assertThat(page.blocks()).isZero();
    }

    @Test
    void parse_noRun_isCountedAndLeftOut() {
        Markdown page = Markdown.parse("```java no-run\nfoo\n```\n```java\nint x;\n```\n");

        assertThat(page.runnable()).isEqualTo("\n\n\n\nint x;\n\n");
        assertThat(page.blocks()).isEqualTo(1);
        assertThat(page.notRun()).isEqualTo(1);
    }

    @Test
    void parse_blockWithoutEnd_isRejected() {
        assertThatThrownBy(() -> Markdown.parse("```java\nint x;\n")).hasMessage("the block opened by ```java does not end");
    }
}
