/** Switchwright's rules: ids, personal data, and the contract between an aggregate and its host. */
@NullMarked
package org.switchwright.domain;

import org.jspecify.annotations.NullMarked;
