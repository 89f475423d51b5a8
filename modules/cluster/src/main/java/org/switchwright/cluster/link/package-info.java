/** The status link: how a controller follows what its sites report, over HTTP. */
@NullMarked
package org.switchwright.cluster.link;

import org.jspecify.annotations.NullMarked;
