/** The site's work: who waits, who is offered what, who talks, who is in wrap-up. */
@NullMarked
package org.switchwright.domain.site;

import org.jspecify.annotations.NullMarked;
