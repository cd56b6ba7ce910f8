;; The last call takes the place of the function.
(module
  (func $g (param i32 i32) (result i32) (local.get 1))
  (func $f (param i32 i32) (result i32)
    (return_call $g (local.get 1) (i32.add (local.get 0) (i32.const 1)))))

;; Graph
;; b0:
;;   v0 = i32.add p0:i32, 1
;;   tailcall f0(p1:i32, v0)
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 0d 00 00 00              jb +0x20
;; b0:
;;   0013  83 c7 01                       add edi, 1
;;   0016  48 87 fe                       xchg rdi, rsi
;;   0019  c9                             leave
;;   001a  ff 25 00 00 00 00              jmp [rip]
;; outOfLine:
;;   0020  0f 0b                          ud2
