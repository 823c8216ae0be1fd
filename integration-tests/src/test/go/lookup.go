// Command lookup is LookupProgram in Go: its own HTTP handlers look a profile up and write it, and a CPU profile is
// started and stopped around some busy goroutines. The arguments are the same.
package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	busyGoroutines = 4
	hoarded        = 4
	waiters        = 3
)

var hoardedBytes [][]byte

func main() {
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	nanos, _ := strconv.ParseInt(os.Args[2], 10, 64)
	count, _ := strconv.Atoi(os.Args[3])
	sleepers(count)
	hoard()
	contend()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/lookup/", lookup)
	go http.Serve(listener, nil)
	fmt.Printf("port=%d\n", listener.Addr().(*net.TCPAddr).Port)

	out, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		panic(err)
	}
	before := cpuNanos()
	work(time.Duration(nanos))
	fmt.Printf("busy=%d\n", cpuNanos()-before)
	pprof.StopCPUProfile()
	out.Close()

	runtime.GC()
	runtime.GC()
	fmt.Println("READY")
	bufio.NewReader(os.Stdin).ReadString('\n')
}

func lookup(w http.ResponseWriter, r *http.Request) {
	debug := 2
	if r.URL.RawQuery == "debug=1" {
		debug = 1
	}
	profile := pprof.Lookup(strings.TrimPrefix(r.URL.Path, "/lookup/"))
	if profile == nil {
		http.NotFound(w, r)
		return
	}
	profile.WriteTo(w, debug)
}

func work(span time.Duration) {
	end := time.Now().Add(span)
	var group sync.WaitGroup
	for i := 0; i < busyGoroutines; i++ {
		group.Add(1)
		go busy(end, &group)
	}
	group.Wait()
}

func busy(end time.Time, group *sync.WaitGroup) {
	defer group.Done()
	for time.Now().Before(end) {
		burn()
	}
}

var sink int64

func burn() {
	var value int64
	for i := int64(0); i < 20000; i++ {
		value = value*6364136223846793005 + i
	}
	atomic.StoreInt64(&sink, value)
}

func sleepers(count int) {
	for i := 0; i < count; i++ {
		go sleeping()
	}
}

func sleeping() {
	time.Sleep(time.Hour)
}

func hoard() {
	for i := 0; i < hoarded; i++ {
		hoardedBytes = append(hoardedBytes, make([]byte, 16<<20))
	}
}

func contend() {
	var lock sync.Mutex
	lock.Lock()
	for i := 0; i < waiters; i++ {
		go waiting(&lock)
	}
	time.Sleep(300 * time.Millisecond)
	lock.Unlock()
}

func waiting(lock *sync.Mutex) {
	lock.Lock()
	lock.Unlock()
}

// cpuNanos is the CPU time of this process.
func cpuNanos() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
