;; Results in memory.
(module
  (func $g (param i32) (result i32 i64 f64) (local.get 0) (i64.const 2) (f64.const 3))
  (func $f (param i32) (result i64) (local i64)
    (call $g (local.get 0))
    drop local.set 1 drop local.get 1))

;; Graph
;; b0:
;;   v0 = call f0(p0:i32): i32
;;   v1 = result 1 of v0: i64
;;   return v1
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 38                    sub rsp, 56
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 10 00 00 00              jb +0x23
;; b0:
;;   0013  48 8d 04 24                    lea rax, [rsp]
;;   0017  ff 15 00 00 00 00              call [rip]
;;   001d  48 8b 04 24                    mov rax, [rsp]
;;   0021  c9                             leave
;;   0022  c3                             ret
;; outOfLine:
;;   0023  0f 0b                          ud2
