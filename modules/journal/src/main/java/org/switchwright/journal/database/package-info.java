/** The database: its connections, its migrations, and the PostgreSQL the server can bring along. */
@NullMarked
package org.switchwright.journal.database;

import org.jspecify.annotations.NullMarked;
