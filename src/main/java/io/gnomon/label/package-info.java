/**
 * Labels for raw posts out of a task's closed list, from a language model that is not ours, behind
 * HTTP, or from the teacher in process (g of the paper, Eq. 9 and 13): what a student, or an
 * approach of {@code baseline}, is then trained on. Rows are read and written by {@code
 * serve.bulk}; here is who answers them, and what of it is kept.
 *
 * <p>A labels file {@code OUT} is what {@code gnomon tag} writes too: a row a post in the order of
 * the posts, with {@code row} (its number in its file; {@code file} too where there are several),
 * the text under its own column's name, further columns that were kept, {@code labels} (a list, the
 * best first, never empty), {@code probabilities} in the same order where the source gives some (a
 * teacher does), and {@code by}, the source as {@code ollama:MODEL}, {@code openai:MODEL} or {@code
 * teacher:PATH}. It is read as a set by {@code data: {kind: table, path: OUT, label: labels}},
 * under JSONL and Parquet with several labels a text as well.
 *
 * <p>{@code OUT.rejected.jsonl} tells posts without labels by {@code file}, {@code row}, {@code
 * line} and {@code cause}. {@code OUT.answers.jsonl} keeps every answer: its first line says what
 * was asked (model, labels, the words of the question) as the object {@code asked}; each further
 * line is an answer: {@code text} (SHA-256 of the post), {@code attempt} from 1, {@code answer} as
 * it came, then {@code labels}, with {@code probabilities} of all labels where known, or {@code
 * refused} with the reason; {@code tokens_in}, {@code tokens_out} and {@code model} where the
 * server told, {@code seconds}, and {@code at}; a last line may be torn, of a process killed while
 * it wrote. A post with labels there is never asked about again, by a job that goes on or by a new
 * one on more posts.
 *
 * <p>Keys of servers come from the environment and are written nowhere: what a server says is shown
 * and kept with the key struck out. The only package that touches LangChain4j. May import {@code
 * serve}, {@code evaluation} (texts before a teacher), {@code teacher}, {@code checkpoint}, {@code
 * tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.label;

import org.jspecify.annotations.NullMarked;
