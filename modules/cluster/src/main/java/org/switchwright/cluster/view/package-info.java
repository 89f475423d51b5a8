/**
 * Read models in tables: what is so now and what was, made from the journal, and how to ask them.
 */
@NullMarked
package org.switchwright.cluster.view;

import org.jspecify.annotations.NullMarked;
