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
	"time"
)

const busyGoroutines = 4

func main() {
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	nanos, _ := strconv.ParseInt(os.Args[2], 10, 64)
	count, _ := strconv.Atoi(os.Args[3])
	sleepers(count)
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
	work(time.Duration(nanos))
	pprof.StopCPUProfile()
	out.Close()

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
