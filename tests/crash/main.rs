//! The real process dies at every point where a sale could be lost or charged twice, and is started again. The played
//! gateway's own count of creates is the judge. Debug builds only: a release build has no kill points.

mod after;
mod answer;
mod paid;
mod random;
mod start;
