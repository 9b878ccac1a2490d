export const USAGE = `Usage: sheaf [FILE...]        create a paste of files, or of standard input
       sheaf get LINK         print the first file of a paste
       sheaf delete LINK      delete a paste

Create
  --name NAME           the name of the file
  --title TITLE
  --language LANGUAGE   detected if omitted
  --visibility WHO      public, unlisted (the default) or private
  --expires LIFETIME    10m, 1h, 1d, 1w, 2w, 1mo, 3mo, 6mo, 1y, never or an ISO 8601 duration
  --burn N              delete the paste after N reads
  --slug SLUG           choose the link; needs a token
  --secret              encrypt it here: the key is in the link, the server never sees it.
                        Expires after a week unless --expires is given
  --password            with --secret: ask for a password that readers need besides the link
  --password-file FILE  the same, with the password in a file

Get
  -o, --output FILE     write the first file to FILE
  --dir DIR             write all files to DIR; a name that is taken gets a number
  --force               overwrite files
  --yes                 reveal a paste that burns after reading without asking. What is not
                        printed or written where it should be goes into a new folder
  --password-file FILE  the password of a secret paste

Delete
  --edit-key-file FILE  the edit key; by default the one kept when the paste was created here

All
  --host HOST           the address of Sheaf
  --json                print JSON
  --timeout SECONDS     for each request, 60 by default
  -h, --help
  --version

The host is taken from --host, SHEAF_HOST, the configuration file, or the instance this file was downloaded
from, in this order. The token of an account is taken from SHEAF_TOKEN or the configuration file, and is sent
to no other host than the one it is set with. The configuration file is ~/.config/sheaf/config.json:
{"host": "https://sheaf.example", "token": "..."}. Edit keys are kept in ~/.local/state/sheaf.

Exit codes: 0 done; 1 the server refused, has no such paste or sent an unusable answer; 2 wrong usage, or a
local file cannot be read or written; 3 the server cannot be reached; 4 the paste cannot be decrypted;
130 interrupted, or not confirmed.
`;
