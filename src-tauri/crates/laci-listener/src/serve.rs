//! Connections: few, short, one request each. Who is slow is cut; who comes when all places are taken is sent away.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::Outside;
use crate::limits::Limits;
use crate::routes::router;

/// After an error of the socket itself (too many open files).
const BREATH: Duration = Duration::from_millis(100);

/// A listener that runs until it is dropped.
#[derive(Debug)]
pub struct Listening {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Listening {
    /// With the port that was really taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens at `address` from now on. Connections that are open when it is dropped end by their own time-outs.
///
/// # Errors
/// Whatever the system says of the address.
pub async fn listen(
    address: SocketAddr,
    outside: Arc<dyn Outside>,
    limits: Limits,
) -> std::io::Result<Listening> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let task = tokio::spawn(accept(listener, outside, limits));
    Ok(Listening { address, task })
}

async fn accept(listener: TcpListener, outside: Arc<dyn Outside>, limits: Limits) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let service = TowerToHyperService::new(router(outside, limits));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "nobody could be let in");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let Ok(place) = places.clone().try_acquire_owned() else { continue };
        let service = service.clone();
        tokio::spawn(async move {
            let _place = place;
            // A connection that breaks or takes too long is its sender's trouble.
            let _ = tokio::time::timeout(limits.end_within, one(stream, service, limits)).await;
        });
    }
}

async fn one(
    stream: TcpStream,
    service: TowerToHyperService<axum::Router>,
    limits: Limits,
) -> hyper::Result<()> {
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.read_within)
        .max_headers(limits.headers)
        .max_buf_size(limits.head_bytes.max(8 * 1024))
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
}
